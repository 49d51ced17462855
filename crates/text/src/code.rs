//! The texts of the console's drawer, of the code for everything, and of other registries beside one's own.

texts!(
    /// The frame around the console: what it says itself is in `console.rs`.
    DrawerText, EN_DRAWER {
        title = "Console",
        open = "Open the console",
        hide = "Hide the console",
        taller = "Taller",
        lower = "Shorter",
        copy = "Copy all",
        copied = "Copied.",
        not_copied = "This browser does not let the page copy. Select the text and copy it with the keys.",
        clear = "Clear",
        log = "What was typed, and the results",
        empty = "Type Python for MlflowClient, curl for the REST API, this page's own command, or the console's own words. For example:",
        field = "Type a command",
        hint = "Enter runs, Shift+Enter starts a new line. Tab completes, Escape closes the suggestions. Up and Down bring back earlier lines; if you have typed something, only lines that contain it.",
        run = "Run",
        run_dry = "Try on a copy",
        not_kept = "This is not kept for your next visit: it seems to contain a password or a token.",
        read_as = "Read as: ",
        suggestions = "Suggestions",
        paste_run = "Run all",
        paste_keep = "Edit first",
        looking_back = "You are viewing an earlier moment. Go back to now to change something.",
        read_only = "This data was written by a newer version of the app. Reload the page to change it.",
        ;
        between = "{count} more part of the answer is not shown here. “Copy all” has it." | "{count} more parts of the answer are not shown here. “Copy all” has them.",
        paste = "This has {count} statement. Run it?" | "This has {count} statements. Run all? It stops at the first that is refused.",
    }
);

texts!(
    /// What is done, as code; what is said of it stands in `as_code.rs`.
    CodeText, EN_CODE {
        title = "As code",
        last_step = "The last step as code",
        form = "Form",
        python = "Python",
        curl = "curl",
        shell = "This page's own command (not in MLflow)",
        era = "With",
        era_stages = "stages",
        era_aliases = "aliases and tags",
        copy = "Copy",
        copy_code(code) = "Copy: {code}",
        server = "Server in the code",
        export = "Export as code…",
        export_title = "Export the history as code",
        export_intro = "The code does on a real MLflow server what was done here.",
        export_form = "As",
        export_python = "Python script",
        export_curl = "curl script",
        export_notebook = "Notebook",
        export_steps = "Steps",
        export_all = "all",
        export_some = "some",
        export_from = "From step",
        export_to = "To step",
        export_wrong(first, last) = "Choose steps from {first} to {last}.",
        export_framed = "If no file comes, the page around this allows none: copy the code instead.",
        export_nothing = "Nothing was done yet, so there is nothing to export.",
        download = "Download",
        preview = "The code",
        take_in = "Import from MLflow…",
        take_in_title = "Import from MLflow",
        take_in_intro = "Paste what your MLflow server answers or what its Python client prints, or open it as a file. Lists from Unity Catalog and files of export tools work too. It becomes a separate registry in this browser. There you can try your team's scripts in the console: a dry run shows what each would change.",
        take_in_how = "Ask your server for both, and paste one after the other:",
        take_in_field = "The answers of the server",
        take_in_open = "Open a file",
        take_in_name = "Name",
        take_in_named = "My server's registry",
        take_in_do = "Import",
        take_in_what = "What will be imported",
        take_in_left = "What will be left out",
        take_in_failed = "There is not enough room in this browser's storage. Nothing has changed.",
        take_in_unsaved = "The registry that is open is not saved yet. Save it first: nothing has changed.",
        ;
        models = "{count} model" | "{count} models",
        versions = "{count} version" | "{count} versions",
        more = "and {count} more" | "and {count} more",
    }
);

texts!(
    /// Several registries beside each other.
    WorkspaceText, EN_WORKSPACE {
        own = "Your own registry",
        choose = "Registry",
        opened(name) = "{name} is open now.",
        delete = "Delete this registry",
        delete_asks = "Delete this registry…",
        delete_title(name) = "Delete {name}?",
        delete_body(name) = "{name} goes with its whole history. Your own registry and all others stay as they are. Under “All registries” you can bring it back; the last ten are kept as long as there is room.",
        deleted(name) = "{name} is deleted. Your own registry is open.",
        not_deleted(name) = "{name} is not deleted: this browser’s storage has no room to keep it for you to bring back, or does not answer. Under “All registries” it can be deleted for good.",
        unsaved = "This registry is not saved yet, so it stays open. Try again to save it, then open the other one.",
        ;
        folded(name) = "The oldest {count} step of {name} was merged into its start, to make room." | "The oldest {count} steps of {name} were merged into its start, to make room.",
    }
);
