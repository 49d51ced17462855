//! What the pages about exercises say: the list, the check of receipts, and questions about one's own history.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::Plural;

texts!(
    /// The list of exercises.
    ExerciseListText, EN_EXERCISE_LIST {
        title = "Exercises",
        intro = "Each has a start and a goal. Any way that meets every condition wins; you are told why not yet, and how few steps are enough.",
        unreadable = "The exercises could not be read. Reload the page to fetch them again.",
        next_begin = "Begin here",
        next_go_on = "Go on where you were",
        next_again = "Due again",
        next_new = "Next",
        next_shown = "Try it without the solution",
        way_begin = "Begin",
        way_go_on = "Go on",
        way_again = "Do it again",
        all_solved = "You have solved them all, and none is due. Have a new one made below: they never run out.",
        solved_of = "{solved} of {count} solved",
        about_stages = "Promote, reject, retire and roll back, as a team has agreed on.",
        about_mlflow = "What MLflow itself does, and where it surprises.",
        about_aliases = "Names that apps ask for, in place of stages.",
        about_teamwork = "With others: tags, histories, and what to do after their moves.",
        form_worked = "worked example",
        form_completion = "finish what is begun",
        form_free = "on your own",
        form_history = "read the history",
        form_script = "mend the script",
        state_new = "not begun",
        state_begun = "begun",
        state_shown = "solution seen",
        state_solved = "solved in {steps}",
        state_due = "due again",
        state_due_solved = "due again, solved in {steps}",
        steps_best = "{steps}, the best",
        steps_of = "{steps}, best is {par}",
        made_title = "Never the same again",
        made_intro = "Have an exercise made. The same numbers make the same exercise for everybody, so a class can share one by its link.",
        made_objective = "What to practise",
        made_par = "Steps needed",
        made_models = "Models",
        made_distractors = "Extra versions",
        made_seed = "Number of the exercise",
        made_seed_hint = "Leave it empty for one by chance.",
        made_seed_wrong = "It is written with digits only, 20 at most.",
        made_few_models = "With one model, {most} steps are the most. Choose more models or fewer steps.",
        made_few_kinds = "There are too few different exercises of this size. Choose more steps, more models or more extra versions.",
        made_go = "Make it",
        made_copy = "Copy the link",
        check_title = "Receipts",
        check_intro = "A solved exercise gives a receipt: a short text that can be sent. Anybody can have receipts run again.",
        check_way = "Check receipts",
        file_title = "From a file",
        file_intro = "An exercise that somebody has given you as a file opens here like one in a link: you see it first, it touches nothing of yours, and it is not counted in your progress.",
        file_label = "Open an exercise from a file",
        file_large = "This file holds more than an exercise may. Was it the right one?",
        file_bad = "This file can’t be opened as an exercise. Whoever wrote it can mend this:",
        ;
        par = "{count} step is enough" | "{count} steps are enough",
        due = "{count} exercise is due again." | "{count} exercises are due again.",
    }
);

texts!(
    /// The check of receipts.
    CheckText, EN_CHECK {
        title = "Check receipts",
        intro = "Every receipt is run again here, step by step, from its exercise’s start.",
        label = "Receipts",
        hint = "One or many, as texts or links, with what stands around them: a mail, a list with names. What else is on a line is taken for the name.",
        go = "Check",
        clear = "Clear",
        download = "Download as CSV",
        file = "receipts.csv",
        none = "No receipt was found. A receipt begins with “ms1.”; a link to one has it at its end.",
        too_long = "This is more text than can be looked through at once. Paste it in pieces of up to {most} letters.",
        too_many = "These are more receipts than can be checked at once. Paste them in pieces of up to {most}.",
        running = "Checking: {done} of {count}.",
        result = "Result",
        cleared = "Cleared.",
        ;
        receipts = "{count} receipt" | "{count} receipts",
        solved = "{count} solved" | "{count} solved",
        open = "{count} not solved" | "{count} not solved",
        refused = "{count} refused" | "{count} refused",
        other_lines = "{count} line without a receipt was passed over." | "{count} lines without a receipt were passed over.",
        more = "Show {count} more" | "Show {count} more",
    }
);

texts!(
    /// Questions about one's own history.
    AskedText, EN_ASKED {
        open = "Ask me about this history",
        title = "What happened, and when?",
        intro = "The answers are worked out from the history itself. Look things up in it as you like.",
        nothing = "Too little has happened yet to ask about. Move a version or two, then ask again.",
        changed = "The history has changed, so these questions no longer fit.",
        number = "Question {number} of {count}",
        choose = "Choose one",
        answer = "Answer",
        next = "Next question",
        finish = "How did it go?",
        more = "More questions",
        close = "Close",
        right = "That is right.",
        wrong = "That is not right.",
        option_right = "right",
        option_wrong = "not right",
        chosen = "your answer",
        missed = "this was the one",
        score = "{right} of {count} right.",
        score_all = "All {count} right.",
        choose_first = "Choose an answer first.",
    }
);
