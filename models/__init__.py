"""The database's tables and views: what is kept of councils' papers. Knows no PDF; not machine learning.

Nothing is imported here, so that `import models` costs nothing: open with `models.database`, see all tables in
`models.tables`.
"""
