"""Lists with a token for the next page."""

from mlflow.store.entities.paged_list import PagedList as PagedList
