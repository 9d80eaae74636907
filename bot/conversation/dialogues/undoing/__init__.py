"""What takes an action back, by the kind that `Turn.undoable` noted; None where it is gone already."""
