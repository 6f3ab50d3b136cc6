"""Books of one's own: a folder of files of several kinds, encodings and languages."""
