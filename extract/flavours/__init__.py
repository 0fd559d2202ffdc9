"""The ways a page draws a table: one file each, a Page in, Tables out."""

from extract.flavours.aligned import aligned
from extract.flavours.carried import carried
from extract.flavours.ruled import TooDense, boxed, ruled
from extract.flavours.second_opinion import NoOpinion, second_opinion
from extract.flavours.shaded import shaded

__all__ = ["NoOpinion", "TooDense", "aligned", "boxed", "carried", "ruled", "second_opinion", "shaded"]
