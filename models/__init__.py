"""Networks and what runs them. Knows neither Qt nor pipelines."""

import os

# ONNX Runtime's packages tell Microsoft how they are used, unless this is said before they are imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
