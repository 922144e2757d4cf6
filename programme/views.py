"""The public pages of the programme: what it says, what it aims at, and its figures."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.display import plain
from krakow_intl.core.downloads import download, file_name
from programme.models import Chapter, Figure, Goal, Programme, Source
from programme.passages import passages_of


@require_safe
def programme_detail(request):
    programme = Programme.objects.public().select_related("source").first()
    if programme is None:
        raise Http404
    context = {"programme": programme, "chapters": programme.chapters.public(), "goals": programme.goals.public()}
    return render(request, "programme/programme_detail.html", context)


@require_safe
def chapter_detail(request, slug):
    chapter = get_object_or_404(published(Chapter), slug=slug)
    chapters = list(chapter.programme.chapters.public())
    figures = chapter.figures.public().by_chapter()
    context = {"chapter": chapter, "chapters": chapters, "figures": figures, **neighbours(chapter, chapters)}
    return render(request, "programme/chapter_detail.html", context)


@require_safe
def goal_list(request):
    return render(request, "programme/goal_list.html", {"goals": published(Goal)})


@require_safe
def goal_detail(request, slug):
    goal = get_object_or_404(published(Goal), slug=slug)
    tasks = goal.tasks.public().select_related("department", "source").in_order_of_time()
    return render(request, "programme/goal_detail.html", {"goal": goal, "tasks": tasks})


@require_safe
def figure_list(request):
    return render(request, "programme/figure_list.html", {"figures": Figure.objects.public().by_chapter()})


@require_safe
def source_list(request):
    return render(request, "programme/source_list.html", {"sources": Source.objects.public()})


@require_safe
def source_detail(request, slug):
    source = get_object_or_404(Source.objects.public(), slug=slug)
    context = {"source": source, "passages": passages_of(source, as_of(request).day)}
    return render(request, "programme/source_detail.html", context)


@require_safe
def source_scan(request, slug):
    source = get_object_or_404(Source.objects.public().exclude(scan=""), slug=slug)
    if not source.has_scan:
        raise Http404
    return download(request, source.scan, file_name(plain(source, "name"), ".pdf"), "application/pdf")


def published(model):
    return model.objects.public().select_related("programme", "source")


def neighbours(chapter, chapters):
    place = chapters.index(chapter)
    return {
        "previous": chapters[place - 1] if place else None,
        "following": chapters[place + 1] if place + 1 < len(chapters) else None,
    }
