"""OpenCV's Haar cascades."""
