"""The staff's pages of recipes: what was said of a file is kept, said of the next one, and forgotten."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import NOTHING
from krakow_intl.sheets import ALL
from partners.imports.writing.applying import IMPORT
from partners.imports.writing.recipes import (
    ASKED,
    columns_of,
    is_worth_keeping,
    keep_recipe,
    recipes_for,
    use_recipe,
)
from partners.models import Recipe


class RecipeForm(forms.Form):
    """By which recipe a file is to be read; one for its columns is offered before the others."""

    recipe = forms.ChoiceField(label=_("Recipe"))

    def __init__(self, record, *args, **kwargs):
        super().__init__(*args, **kwargs)
        recipes, columns = recipes_for(record), columns_of(record)
        self.fits = any(recipe.columns == columns for recipe in recipes)
        self.fields["recipe"].choices = [(recipe.pk, _offered(recipe, columns)) for recipe in recipes]


class KeepForm(forms.ModelForm):
    class Meta:
        model = Recipe
        fields = ("name",)

    def validate_unique(self):
        """One of the same name is kept anew."""


class RecipeSteps:
    """Mixin of the pages of imports: what is done with recipes."""

    @staticmethod
    def recipe_forms(record):
        keep, use = KeepForm(auto_id="keep_%s"), RecipeForm(record, auto_id="recipe_%s")
        return {
            "keep_form": keep if is_worth_keeping(record) else None,
            "recipe_form": use if record.is_open and use.fields["recipe"].choices else None,
        }

    def change_by_recipe(self, request, record):
        form = RecipeForm(record, request.POST)
        if not form.is_valid():
            return self.render_report(request, record, 400, recipe_form=form)
        use_recipe(record, Recipe.objects.get(pk=form.cleaned_data["recipe"]))
        return None

    def keep_view(self, request, pk):
        record = self.record_for(request, pk)
        form = KeepForm(request.POST or None, auto_id="keep_%s")
        if request.method == "POST" and is_worth_keeping(record):
            if not form.is_valid():
                return self.render_report(request, record, 400, keep_form=form)
            recipe = keep_recipe(record, form.cleaned_data["name"], request.user)
            self.log_change(request, record, pgettext("import", "kept as a recipe"))
            text = _("The answers are kept as the recipe “%(name)s”: it is offered for files with the same columns.")
            messages.success(request, text % {"name": recipe.name})
        return redirect(self.address(record))


@admin.register(Recipe)
class RecipeAdmin(admin.ModelAdmin):
    """Recipes are made on the page of an import; here they are read and deleted."""

    fields = readonly_fields = ("name", "told_sheet", "made_at", "made_by", "answers")
    list_display = ("made_at", "name", "made_by")
    list_display_links = ("name",)
    list_select_related = ("made_by",)
    search_fields = ("name",)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(IMPORT)

    has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("sheet"))
    def told_sheet(self, recipe):
        return _("all of them, as one list") if recipe.sheet == ALL else recipe.sheet or NOTHING

    @admin.display(description=_("answers"))
    def answers(self, recipe):
        language = get_language()[:2]
        asked = recipe.decisions.get(ASKED, {}).values()
        lines = [(one["text"][language], one["answer"][language]) for one in asked]
        columns = [(name, meaning) for name, meaning in recipe.mapping.items()]
        lines = format_html_join("", "<li>{} <ins>{}</ins></li>", [*columns, *lines])
        return format_html("<ul>{}</ul>", lines)


def _offered(recipe, columns):
    return _("%(name)s (for these columns)") % {"name": recipe.name} if recipe.columns == columns else recipe.name
