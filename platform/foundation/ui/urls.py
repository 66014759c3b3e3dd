from django.urls import path

from foundation.ui import views

app_name = "ui"
urlpatterns = [path("appearance/", views.set_appearance, name="appearance")]
