"""The library of pictures, videos and sounds."""
