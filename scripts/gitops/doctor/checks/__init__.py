"""What the doctor looks for: one small pure function for each fault, in a module for each subject."""
