import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('krakow_intl', '0003_find_by_dates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInBrake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=64, unique=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_attempt_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('succeeded_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'brake on signing in',
                'verbose_name_plural': 'brakes on signing in',
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='an_answered_report_names_no_sender',
        ),
        migrations.AddField(
            model_name='historicalreport',
            name='is_set_apart',
            field=models.BooleanField(default=False, help_text='It came in with very many others, or a program seems to have written it.', verbose_name='set apart'),
        ),
        migrations.AddField(
            model_name='report',
            name='is_set_apart',
            field=models.BooleanField(default=False, help_text='It came in with very many others, or a program seems to have written it.', verbose_name='set apart'),
        ),
        migrations.AddField(
            model_name='report',
            name='provider',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['received_at'], name='reports_by_time'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['is_set_apart', 'received_at'], name='reports_set_apart_by_time'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'open'), models.Q(('email', ''), ('provider', ''), ('sender', '')), _connector='OR'), name='an_answered_report_names_no_sender'),
        ),
    ]
