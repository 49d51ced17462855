//! What is said of a real Python in the page, and of the scripts that it runs.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::Plural;

texts!(
    /// A real Python, fetched when it is first needed.
    PythonText, EN_PYTHON {
        offer = "This needs a real Python: {size}, fetched once from this site. Nothing was done yet. It begins with names of its own, and runs in your browser.",
        offer_dry = "A dry run needs a real Python: {size}, fetched once from this site. Nothing was done yet.",
        run = "Run it in real Python",
        dry = "Try it on a copy first",
        leave = "Leave it",
        left = "Left as it is: nothing was done.",
        megabytes = "{number} MB",
        size = "{sent}, or {raw} from a host that does not compress",
        fetching = "Fetching real Python: {percent} %",
        starting = "Starting Python…",
        running = "Python is running this.",
        trying = "Python is trying this on a copy.",
        stop = "Stop",
        stopped = "Stopped. What it did so far stays. Python begins anew with the next script: its names are forgotten.",
        stopped_dry = "Stopped. Nothing was done. Python begins anew with the next script: its names are forgotten.",
        stopped_early = "Stopped before it began: nothing was done.",
        busy = "A script is running. Stop it first, or wait for its end.",
        no_answer = "Real Python did not arrive: there is no connection now. Nothing was done. Try again when the network is back; what the console's small reader understands still runs.",
        not_there = "Real Python did not arrive: a file of it is missing on the server. Nothing was done. If trying again changes nothing, tell whoever runs this site.",
        new_version = "Real Python did not arrive: a new version of this app is on the server, and this page is of an older one. Nothing was done. Reload the page.",
        not_started = "Real Python did not start: {why}. Nothing was done.",
        again = "Try again",
        broken = "Python broke off: {why}. It had no memory left, perhaps, or called itself too often. What it did so far stays; it begins anew with the next script.",
        conflict = "The registry was changed by something else while the script ran, so the script was stopped: it would have gone on with a registry that is no longer there. What it did before that stays.",
        would_nothing = "It would change nothing.",
        do_it = "Do it",
        did_it = "Done, as it was tried.",
        changed_since = "The registry has changed since this was tried, so it is not done. Run the script on a copy again.",
        mixed = "Only Python can be tried on a copy, and this text has other lines too. Nothing was done.",
        left_out = "This needs a real Python, and this site was built without one. The console's small reader says:",
        options = "For Python: arguments, environment, dry run",
        arguments = "Arguments (sys.argv)",
        arguments_hint = "As in a shell: --stage Production",
        environment = "Environment (os.environ)",
        environment_hint = "One NAME=value a line",
        always_dry = "Dry run: try Python on a copy, then ask",
        ;
        would = "It would change {count} thing in the registry:" | "It would change {count} things in the registry:",
        undo_all = "Undo the step of this script" | "Undo all {count} steps of this script",
        undone = "The step of the script is taken back." | "All {count} steps of the script are taken back.",
    }
);
