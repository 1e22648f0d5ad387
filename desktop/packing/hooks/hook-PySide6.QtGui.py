"""PyInstaller's own recipe for this module, but for one plug-in.

Qt's GTK theme would bring a part of GTK from the machine that builds, and meet another part on the machine
that runs. Without it dialogs are the desktop's all the same, by its portal.
"""

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [pair for pair in binaries if "qgtk3" not in pair[0]]
