"""Jobs: work done after the answer, by a worker, from a queue in the same database.

An app declares its tasks in a module `tasks.py`, which is imported at start:

    @jobs.task()
    def tell_employer(*, application_id: int) -> None: ...

and defers them inside the transaction that causes them: rolled back, it leaves no job.

    jobs.defer(tell_employer, application_id=application.pk)
"""

from portal.jobs.queue import Task, defer, task

__all__ = ["Task", "defer", "task"]
