"""How long forms and lists of workflows take."""
