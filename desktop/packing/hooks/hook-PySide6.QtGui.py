"""PyInstaller's own recipe for this module, but for three plug-ins.

Qt's GTK theme would bring a part of GTK from the machine that builds, and meet another part on the machine
that runs; without it dialogs are the desktop's all the same, by its portal. The other two listen to the
network: a screen for VNC, and TUIO, the touches of another device.
"""

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

LEFT_OUT = ("qgtk3", "qvnc", "qtuiotouch")

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [pair for pair in binaries if not any(name in pair[0] for name in LEFT_OUT)]
