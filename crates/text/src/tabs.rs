//! What is said of several tabs, and of how things are kept.

texts!(
    /// Several tabs on the same data, and whether all is kept.
    TabsText, EN_TABS {
        saving = "Saving…",
        store_only = "Saved in this browser, which keeps no second copy here: if it crashes, the last minute may be lost.",
        unanswered = "Not saved: another window of this app is the one that saves, and it does not answer. Keep this page open. Bring the other window to the front, or close it; if it stays silent, this one saves in a few seconds.",
        unasked = "Nothing that you do in this window is saved yet: another window is the one that saves, and the part of the app that asks it has not arrived. Keep this page open, and try again.",
        second = "Read only: Model Stages is open in another window. Close that one and reload this page to work here.",
        only_reads = "Not done: nothing is saved in this window. The line at the top of the page says why.",
        unreconciled = "Read only: your latest work is only in this browser’s second copy. Reload this page to load it.",
        usage(percent) = "This site's storage is {percent} % full. Before it is full, the oldest steps of the history are merged into its start, and you are told.",
        faster = "Not done: another window of this app was faster, and the step you meant has moved. What you see now is the present state.",
        wait_for_pen = "Not done: another window of this app was the one that saves. This one takes over now; do it again in a moment.",
    }
);
