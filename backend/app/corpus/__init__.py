"""From files on disk to books with sections, passages and citable references."""
