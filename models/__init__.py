"""Networks and what runs them. Knows neither Qt nor pipelines."""

import os

# ONNX Runtime's packages tell Microsoft over HTTPS how they are used, unless this is said before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
