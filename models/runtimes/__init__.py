"""torch and ONNX Runtime, imported only when somebody asks for them."""
