"""A person's own network of torch, named as `module:function`: the function is called and gives it."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Any

from models.errors import ModelError
from models.runtimes.opening import is_installed
from models.text import Text

log = logging.getLogger(__name__)
MARK = ":"
"""Between the module and the function; no name in the catalogue has one."""
NO_TORCH = Text("PyTorch is not installed", "PyTorch がインストールされていません")
NOT_OWN = Text(
    "it belongs to Python itself and makes no networks", "Python 自体のモジュールで、ネットワークは作れません"
)
NO_FUNCTION = Text("there is no such function in it", "その関数がありません")
NO_MODULE = Text(
    "what it gives is no torch.nn.Module but {kind}", "返り値が torch.nn.Module ではなく {kind} です"
)


def own_module(name: str) -> Any:
    """What the function gives, called without arguments. This runs a person's own code, as Python finds it by
    its module's name: only a name that a person has written comes here, and never a file.

    Raises:
        ModelError: it cannot be imported, or gives something else; the sentence says why.
    """
    module, _mark, function = name.partition(MARK)
    if not is_installed("torch"):
        raise _refused(name, NO_TORCH)
    if module.partition(".")[0] in sys.stdlib_module_names:
        raise _refused(name, NOT_OWN)
    import torch

    try:
        make = getattr(importlib.import_module(module), function, None)
        if not callable(make):
            raise _refused(name, NO_FUNCTION)
        made = make()
    except ModelError:
        raise
    except (Exception, SystemExit) as error:
        log.exception("%s", name)
        detail = f"{type(error).__name__}: {error}"
        raise _refused(name, Text(detail, detail)) from error
    if not isinstance(made, torch.nn.Module):
        raise _refused(name, NO_MODULE.filled(kind=type(made).__name__))
    return made


def _refused(name: str, why: Text) -> ModelError:
    return ModelError(
        f"The network {name} cannot be made: {why.en}.", f"ネットワーク {name} を作れません（{why.ja}）。"
    )
