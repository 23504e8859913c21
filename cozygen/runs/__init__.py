"""From a filled form to a picture."""
