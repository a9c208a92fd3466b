"""Runs on many machines: how Dagster's own Celery launcher, PostgreSQL and Redis are put together for this pipeline.

Nothing here schedules, queues or executes: Dagster's daemon queues runs, Celery hands them to workers. Ours are which
queue a district belongs to, which workers may take it, and the look whether a run's worker is still alive. Needs the
extra `fleet`; nobody else imports this room.
"""
