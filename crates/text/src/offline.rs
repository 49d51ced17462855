//! What is said of the app without a network, as one file, and in a learning platform.

texts!(
    /// Without a network.
    OfflineText, EN_OFFLINE {
        title = "Without a network",
        ready = "Ready offline: this browser has a copy of the app itself, so this address opens without a network.",
        ready_python = "Real Python in the console works without a network too, once you have used it.",
        preparing = "Not ready offline yet: the app is being copied into this browser. This takes a moment. Keep the page open.",
        failed = "Not ready offline: this browser could not keep the app, because its storage is full or blocked, or a file did not arrive. Reload the page to try again.",
        not_here = "Not ready offline: the app is kept only where its page has a window of its own and comes by https. To work without a network, download the app as one file, where its site offers it.",
        file = "This page is a file on this computer, and needs no network. What you do is kept in this browser, under the place of the file. If you move or rename the file, or open it in another browser or on another computer, you may start empty there. Your work is still kept here. To take it with you, download it below.",
        file_shared = "Some browsers, such as Chrome and Edge, let every page that is opened as a file read what is kept here. Open no file that you do not trust.",
        older_goes_on = "This page is the older one, and goes on working. Reload it to get the new one: you come back to this place.",
        older_saved = "What you did is saved.",
        older_unsaved = "Reloading loses what you did, for it is not saved. First copy what you need.",
        later = "Later",
        platform = "Your learning platform keeps your progress: which steps you finished, and how your questions and exercises went. The registry, the console and an exercise that you have not solved yet start anew each time.",
        platform_missing = "Not kept: no learning platform answers here. You can try everything, but it is forgotten when you close the page. Open the course from your learning platform.",
        platform_refused = "Not kept: your learning platform has not taken what you did last. Keep this page open. It is sent again with your next answer.",
        platform_damaged = "What your learning platform has kept could not be read, so you start from the beginning.",
        ;
        platform_left_out = "Your platform has no room for all of it: the result of {count} question or exercise, the oldest one, is not kept there." | "Your platform has no room for all of it: the results of {count} questions and exercises, the oldest ones, are not kept there.",
    }
);
