"""What the trainings of the classifiers have in common."""
