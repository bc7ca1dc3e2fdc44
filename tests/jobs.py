"""Jobs in tests: run what waits, here and now, as a worker would."""

import json

from asgiref.sync import async_to_sync
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status


def run_jobs() -> list[str]:
    """Run the jobs that wait, in this thread and transaction; the names of their tasks."""
    manager, names = app.job_manager, []
    while job := async_to_sync(manager.fetch_job)(queues=None, worker_id=None):
        context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
        app.tasks[job.task_name](context, **json.loads(job.task_kwargs))
        async_to_sync(manager.finish_job)(job, Status.SUCCEEDED, delete_job=False)
        names.append(job.task_name)
    return names
