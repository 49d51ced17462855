//! Where dialogs are shown.

use std::cell::RefCell;

use crate::browser;
use crate::registry::lazy;
use crate::session::{DataDialog, Dialog, use_dialogs};
use el::{El, div};

/// Shows the dialog that is asked for. `data` makes those about data that goes out or comes in.
pub fn dialog_host(data: fn(DataDialog) -> Vec<El>) -> El {
    let dialogs = use_dialogs();
    let from = RefCell::new(None);
    div().dynamic(move || {
        let dialog = dialogs.open.get();
        let was = from.replace(None);
        if dialog.is_some() {
            from.replace(was.or_else(browser::focused));
        } else if let Some(was) = was {
            browser::focus_again(was);
        }
        // The dialog is made once: what changes behind it must not empty its fields.
        match dialog {
            None => Vec::new(),
            Some(Dialog::Data(what)) => data(what),
            Some(dialog) => lazy::dialog(&dialog),
        }
    })
}

/// Where no dialog is about data that goes out or comes in: beside the learner's own registry.
pub fn no_data_dialog(_: DataDialog) -> Vec<El> {
    Vec::new()
}
