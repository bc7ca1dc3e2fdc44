"""What the engine refuses. Every refusal is an `EngineError`, which is a `ValueError`."""


class EngineError(ValueError):
    """The engine cannot work with what it was given; the message says with what and why."""


class BadBank(EngineError):
    """The item bank is empty, repeats an id or names an unknown dimension."""


class BadCatalogue(EngineError):
    """The catalogue is empty, repeats an id or holds values that are no six numbers."""


class BadAnswers(EngineError):
    """Stored answers have another shape than the bank, or values outside the scale."""


class BadScale(EngineError):
    """The answer scale is no number of at least two answers and no pair of two ends."""


class UnknownItem(EngineError):
    """No item of the bank has this id."""


class UnknownProfession(EngineError):
    """No profession of the catalogue has this id."""


class UnknownFormula(EngineError):
    """The formula is neither "centred" nor "pearson"."""


class ValueOutOfRange(EngineError):
    """The answer is no whole number of the scale."""


class AlreadyAnswered(EngineError):
    """This item was already answered or skipped in this session."""


class SessionComplete(EngineError):
    """The session has asked as many items as it may."""
