"""The style sheet, with ``$name`` for each colour of `theme.Palette` and each padding of `DENSITIES`.

Widgets take part by a property ``look``.
"""

DENSITIES = {
    "comfortable": {
        "button": "5px 11px",
        "focused": "4px 10px",
        "field": "5px 8px",
        "name": "7px 10px",
        "row": "6px 8px",
        "entry": "5px 24px 5px 12px",
        "box": "3px 2px",
        "least": "18px",
    },
    "compact": {
        "button": "2px 9px",
        "focused": "1px 8px",
        "field": "2px 7px",
        "name": "3px 8px",
        "row": "2px 6px",
        "entry": "3px 24px 3px 12px",
        "box": "1px 2px",
        "least": "16px",
    },
}
"""Paddings by what they are around, for each choice of density.

``focused`` is that of a button whose line is 1 px thicker; ``least`` is the least height of a line.
"""

STYLE_SHEET = """
* { outline: none; }
QToolTip { background: $text; color: $bg; border: none; padding: 4px 8px; }
/* Qt draws it by itself beside the icon in an XEmbed tray: light yellow, whatever the theme. */
QBalloonTip QLabel { color: #000000; }
QBalloonTip QPushButton { border: none; background: transparent; padding: 0; min-height: 0; }
QMainWindow, QDialog { background: $panel; }
/* Of Qt's own, where the desktop has none: there is no room for a padding beside the icon. */
QFileDialog QToolButton { padding: 1px; min-height: 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow::separator { width: 1px; height: 1px; background: $line; }
QLabel[look="title"] { font-size: 16px; font-weight: 600; }
QLabel[look="heading"] { font-size: 15px; font-weight: 700; }
QLabel[look="section"] { font-size: 11px; font-weight: 600; color: $muted; }
QLabel[look="small"] { font-size: 11px; color: $muted; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="number"] { font-size: 22px; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="decides"] { font-size: 12px; font-weight: 600; }
QLabel[look="plain"] { font-size: 12px; }
QLabel[look="error"] { font-size: 12px; color: $red; }
QLabel[look="amber"] { color: $amber; }
QLabel[look="welcome"] { font-size: 24px; font-weight: 700; }
QLabel[look="status"] { font-size: 12px; color: $muted; }
QLabel[look="status-amber"] { font-size: 12px; color: $amber; }
QLabel[look="key"] { font-size: 12px; color: $muted; }

QPushButton, QToolButton {
  border: 1px solid $line; border-radius: 7px; background: $bg; color: $text; padding: $button;
  min-height: $least;
}
QPushButton:hover, QToolButton:hover { background: $line2; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:disabled, QToolButton:disabled { color: $muted; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[look="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: $focused; }
QPushButton[look="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[look="flat"], QToolButton[look="flat"] {
  border-color: transparent; background: transparent; color: $muted; padding: 5px 8px;
}
QPushButton[look="flat"]:hover, QToolButton[look="flat"]:hover { background: $line2; color: $text; }
QPushButton[look="flat"]:focus, QToolButton[look="flat"]:focus { border-color: $accent; }
QToolButton[look="shape"] {
  border: 1px solid transparent; border-radius: 7px; background: transparent; padding: 0; min-height: 0;
}
QToolButton[look="shape"]:hover { background: $line2; }
QToolButton[look="shape"]:pressed { background: $line; }
QToolButton[look="shape"]:focus { border-color: $accent; }
QToolButton[look="swatch"] {
  border: 2px solid transparent; border-radius: 8px; background: transparent; padding: 2px; min-height: 20px;
}
QToolButton[look="swatch"]:hover { background: $line2; }
QToolButton[look="swatch"]:checked { border-color: $text; }
QToolButton[look="swatch"]:focus { border-color: $accent; background: $accent_soft; }
QPushButton[look="meter"] {
  border: 1px solid transparent; border-radius: 6px; background: transparent; padding: 0; min-height: 22px;
}
QPushButton[look="meter"]:hover { background: $line2; }
QPushButton[look="meter"]:pressed { background: $line; }
QPushButton[look="meter"]:focus { border-color: $accent; }
QPushButton[look="link"] {
  border: 1px solid transparent; border-radius: 4px; background: transparent; color: $accent; padding: 1px 0;
  min-height: 1em;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border-color: $accent; }
QPushButton[look="choice"] {
  border: 1px solid $line; border-radius: 6px; background: $bg; color: $text; font-size: 12px; padding: 5px 9px;
  min-height: 0; text-align: left;
}
QPushButton[look="choice"]:hover { border-color: $text; }
QPushButton[look="choice"]:pressed { background: $line2; }
QPushButton[look="choice"]:disabled { color: $muted; }
QPushButton[look="choice"]:focus { border-color: $accent; }

QPushButton[look="toast"] {
  border: 1px solid transparent; background: transparent; color: $bg; font-weight: 700; padding: 3px 8px;
}
QPushButton[look="toast"]:hover { text-decoration: underline; }
QPushButton[look="toast"]:focus { border-color: $bg; }
QToolButton[look="disclosure"] { border-color: transparent; background: transparent; padding: 3px 6px 3px 2px; }
QToolButton[look="disclosure"]:focus { border-color: $accent; }

QFrame[look="segments"] { border: 1px solid $line; border-radius: 8px; background: $bg; }
QFrame[look="segments"] QPushButton {
  border: 1px solid transparent; border-radius: 7px; background: transparent; color: $muted; padding: 5px 12px;
}
QFrame[look="segments"] QPushButton:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QFrame[look="segments"] QPushButton[look="block"]:checked { background: $block_bg; color: $block; }
QFrame[look="segments"] QPushButton[look="open"]:checked { background: $open_bg; color: $open; }
QFrame[look="segments"] QPushButton[look]:checked:disabled { background: $line2; color: $muted; }
QFrame[look="segments"] QPushButton:focus { border-color: $accent; }
QPushButton[look="weekday"] { padding: 4px 2px; color: $muted; }
QPushButton[look="weekday"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QFrame[look="card"] { background: $bg; border: 1px solid $line; border-radius: 10px; }
QFrame[look="warning"] { background: $amber_bg; border: none; border-radius: 8px; }
QFrame[look="warning"] QLabel { color: $amber; font-size: 12px; }
QFrame[look="warning"] QPushButton[look="link"] { color: $amber; font-size: 12px; }
QFrame[look="quiet"] { background: transparent; border: none; }
QFrame[look="quiet"] QLabel { color: $muted; font-size: 12px; }
QFrame[look="bar"] { background: $panel; border: none; }
QFrame[look="popover"] { background: $bg; border: 1px solid $line; }
QFrame[look="popup"] { background: $bg; border: 1px solid $line; border-radius: 8px; }
QFrame[look="rule"] { background: $line; border: none; min-width: 1px; min-height: 1px; }

QLineEdit, QPlainTextEdit, QDateEdit, QTimeEdit, QComboBox, QSpinBox {
  border: 1px solid $line; border-radius: 7px; background: $bg; color: $text; padding: $field;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QDateEdit, QTimeEdit, QComboBox, QSpinBox { min-height: $least; }
QAbstractSpinBox > QLineEdit { border: none; background: transparent; padding: 0 8px; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QLineEdit:focus, QPlainTextEdit:focus, QDateEdit:focus, QTimeEdit:focus, QComboBox:focus, QSpinBox:focus {
  border-color: $accent;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QDateEdit[wrong="true"], QComboBox[wrong="true"] {
  border-color: $red;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only { color: $muted; }
QComboBox { padding-right: 26px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $bg; border: 1px solid $line; padding: 4px; }
QCheckBox { spacing: 8px; padding: $box; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $muted; background: $bg;
}
QCheckBox::indicator { border-radius: 4px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton { spacing: 8px; padding: $box; border: 1px solid transparent; border-radius: 4px; }
QRadioButton:focus { border-color: $accent; }

QMenu { background: $bg; border: 1px solid $line; border-radius: 8px; padding: 5px; }
QMenu::item { padding: $entry; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea[look="page"] { border: 1px solid transparent; }
QScrollArea[look="page"]:focus { border-color: $accent; }
QTableWidget[look="figures"] { border: none; background: transparent; color: $text; font-size: 12px; }
QTableWidget[look="figures"]::item { padding: 0 4px; }
QTableWidget[look="figures"]::item:selected { background: $accent_soft; color: $text; }
QTableWidget[look="figures"] QHeaderView { background: transparent; border: none; }
QTableWidget[look="figures"] QHeaderView::section {
  background: transparent; color: $muted; font-size: 11px; border: none; padding: 0 4px;
}
QProgressBar { border: none; border-radius: 2px; background: $line; max-height: 5px; }
QProgressBar::chunk { border-radius: 2px; background: $accent; }
QLineEdit[look="palette"] {
  border: none; border-bottom: 1px solid $line; border-radius: 0; background: transparent; font-size: 15px;
  padding: 11px 14px;
}
QLineEdit[look="palette"]:focus { border: none; border-bottom: 1px solid $accent; }
QListView[look="palette"] { border: none; background: transparent; padding: 4px 0; outline: none; }
QListView[look="list"] { border: 1px solid $line; border-radius: 8px; background: $bg; padding: 4px 0; }
QListView[look="list"]:focus { border-color: $accent; }
QListWidget::indicator {
  width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $bg;
}
QListWidget::indicator:checked { background: $accent; border-color: $accent; }
QListWidget { border: none; background: $panel; padding: 6px; }
QListWidget::item { padding: $name; border-radius: 7px; color: $text; }
QListWidget::item:selected { background: $accent_soft; color: $accent; }
QTableView[look="list"] { border: 1px solid $line; border-radius: 8px; background: $bg; color: $text; }
QTableView[look="list"]:focus { border-color: $accent; }
QTableView[look="list"]::item { border: none; border-bottom: 1px solid $line2; padding: 0 8px; }
QTableView[look="list"]::item:selected { background: $line2; color: $text; }
QTableView[look="list"]::indicator {
  width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $bg;
}
QTableView[look="list"]::indicator:checked { background: $accent; border-color: $accent; }
QTableView[look="list"] QHeaderView { background: transparent; border: none; }
QTableView[look="list"] QHeaderView::section {
  background: $bg; color: $muted; font-size: 11px; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
}
QTreeView[look="list"] { border: 1px solid $line; border-radius: 8px; background: $bg; color: $text; }
QTreeView[look="list"]:focus { border-color: $accent; }
QTreeView[look="list"]::item { padding: $row; border: none; }
QTreeView[look="list"]::item:selected { background: $accent_soft; color: $text; }
QTreeView[look="list"] QHeaderView { background: transparent; border: none; }
QTreeView[look="list"] QHeaderView::section {
  background: transparent; color: $muted; font-size: 11px; border: none; border-bottom: 1px solid $line;
  padding: 5px 11px;
}
"""
