from django.contrib import admin

from portal.admin import ModelAdmin
from portal.sources.models import Source


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ["title", "publisher", "year", "licence", "read_on"]
    list_filter = ["year", "licence"]
    date_hierarchy = "read_on"
    search_fields = ["title", "publisher", "url"]
    ordering = ["sort_key", "pk"]
    fields = ["title", "publisher", "url", "licence", "year", "read_on", "note"]
