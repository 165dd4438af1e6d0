"""Who asks, and the brands they work for."""

from rest_framework.request import Request
from rest_framework.response import Response

from studio.access import access_brand_by_slug, brands_of
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, query
from studio.api.paging import Listed, page_of
from studio.api.schema import operation


class Me(View):
    @operation("show-me", {200: shapes.Me})
    def get(self, request: Request) -> Response:
        asks = who(request)
        scopes = None if asks.scopes is None else tuple(sorted(asks.scopes))
        return answer(
            shapes.Me(
                id=asks.user.pk,
                name=asks.user.get_username(),
                runs_studio=asks.user.is_staff,
                by="session" if scopes is None else "token",
                scopes=scopes,
                brands=showing.my_brands(asks),
            )
        )


class Brands(View):
    @operation("list-brands", {200: Page[shapes.Brand]}, query=Listed)
    def get(self, request: Request) -> Response:
        asks, asked = who(request), query(request, Listed)
        return page_of(request, asked, brands_of(asks), lambda found: showing.brands(asks, found), newest_first=False)


class Brand(View):
    @operation("show-brand", {200: shapes.BrandWithStyle})
    def get(self, request: Request, slug: str) -> Response:
        asks = who(request)
        return answer(showing.brand_with_style(asks, access_brand_by_slug(asks, slug)))
