"""tiktrack: the doctor for TikTok Ads tracking."""

__version__ = "0.1.0"
