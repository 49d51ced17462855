//! Where dialogs are shown.

use std::cell::RefCell;

use crate::browser;
use crate::registry::lazy;
use crate::session::Session;
use crate::session::dialog::{DataDialog, Dialog};
use el::{El, div};

/// Shows the dialog that is asked for. `data` makes those about data that goes out or comes in.
pub fn dialog_host(session: Session, data: fn(Session, DataDialog) -> Vec<El>) -> El {
    let from = RefCell::new(None);
    div().dynamic(move || {
        let dialog = session.dialog.get();
        let was = from.replace(None);
        if dialog.is_some() {
            from.replace(was.or_else(browser::focused));
        } else if let Some(was) = was {
            browser::focus_again(was);
        }
        // The dialog is made once: what changes behind it must not empty its fields.
        match dialog {
            None => Vec::new(),
            Some(Dialog::Data(what)) => data(session, what),
            Some(dialog) => lazy::dialog(session, &dialog),
        }
    })
}

/// Where no dialog is about data that goes out or comes in: beside the learner's own registry.
pub fn no_data_dialog(_: Session, _: DataDialog) -> Vec<El> {
    Vec::new()
}
