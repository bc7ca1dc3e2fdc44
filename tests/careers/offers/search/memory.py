"""A search in memory whose work beside the requests waits for the test."""

from careers.offers.search import live


class Search(live.LiveSearch):
    """Writes down what is to be done beside the requests, for the test to do."""

    def __init__(self, path) -> None:
        super().__init__(path)
        self.tasks = []

    def beside(self, task) -> None:
        self.tasks.append(task)
