"""Single jobs."""

from rest_framework.request import Request
from rest_framework.response import Response

from generation import jobs, models
from generation.selectors import wall
from studio.access import Act, access_job_by_id
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import View, answer
from studio.api.schema import operation
from studio.asking import retry


def _as_it_is(row: models.Job) -> Response:
    brief = row.variant.brief
    return answer(next(showing.job(brief.pk, tile) for tile in wall(brief).tiles if tile.job_id == row.pk))


class Job(View):
    @operation("show-job", {200: shapes.Job})
    def get(self, request: Request, job_id: int) -> Response:
        return _as_it_is(access_job_by_id(who(request), job_id))


class CancelJob(View):
    @operation("cancel-job", {200: shapes.Job})
    def post(self, request: Request, job_id: int) -> Response:
        row = access_job_by_id(who(request), job_id, Act.MAKE)
        jobs.cancel(models.Job.objects.filter(id=row.pk))
        return _as_it_is(row)


class RetryJob(View):
    @operation("retry-job", {200: shapes.Job})
    def post(self, request: Request, job_id: int) -> Response:
        row = access_job_by_id(who(request), job_id, Act.MAKE)
        retry(models.Job.objects.filter(id=row.pk))
        return _as_it_is(row)
