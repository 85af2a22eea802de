#!/usr/bin/python3
"""A window of WebKitGTK that WebKitWebDriver opens and controls, in the place of MiniBrowser.

MiniBrowser forgets all that it stored when WebDriver controls it, and cannot be as narrow as a phone.
This window keeps its data in a folder, has the size that is asked for, and switches on what Safari has
and this port has not.
"""
import argparse

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--profile", required=True, help="folder of what is stored")
parser.add_argument("--downloads", required=True, help="folder of files that are saved")
parser.add_argument("--features", default="", help="names of WebKit's features, with commas")
parser.add_argument("--without", default="", help="names of features to switch off, with commas")
parser.add_argument("--dark", action="store_true", help="prefer the dark theme")
options = parser.parse_args()


def switch(settings, names, on):
    """Switches engine features; one that this version does not know is an error."""
    features = WebKit2.Settings.get_all_features()
    known = [features.get(i) for i in range(features.get_length())]
    by_name = {feature.get_identifier(): feature for feature in known}
    for name in filter(None, names.split(",")):
        settings.set_feature_enabled(by_name[name], on)


def allow(_view, request):
    request.allow()
    return True


def save(_context, download):
    def decide(download, name):
        download.set_allow_overwrite(True)
        download.set_destination(f"file://{options.downloads}/{name}")
        return True

    download.connect("decide-destination", decide)


def create_view(_session):
    view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)
    view.connect("permission-request", allow)
    window = Gtk.Window(default_width=390, default_height=844)
    window.add(view)
    window.show_all()
    return view


def start(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("WebKitGTK")
    version = (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    info.set_version(*version)
    session.set_application_info(info)
    session.connect("create-web-view", create_view)


look = Gtk.Settings.get_default()
look.set_property("gtk-enable-animations", False)
look.set_property("gtk-application-prefer-dark-theme", options.dark)

settings = WebKit2.Settings(
    enable_media_stream=True,
    enable_mock_capture_devices=True,
    enable_write_console_messages_to_stdout=True,
)
switch(settings, options.features, True)
switch(settings, options.without, False)
context = WebKit2.WebContext(
    website_data_manager=WebKit2.WebsiteDataManager(
        base_data_directory=f"{options.profile}/data",
        base_cache_directory=f"{options.profile}/cache",
    )
)
context.set_automation_allowed(True)
context.connect("automation-started", start)
context.connect("download-started", save)
Gtk.main()
