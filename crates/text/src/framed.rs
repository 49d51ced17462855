//! What is said around a part of the app in somebody else's page.

texts!(
    /// A part of the app in somebody else's page.
    FramedText, EN_FRAMED {
        open = "Open in Model Stages",
        blocked = "The page around this does not let it open a window. Copy the address:",
        apart = "Not counted in your progress: in this page, your browser keeps Model Stages apart.",
        not_kept = "Not counted in your progress: this page lets nothing be kept.",
        restart = "Start again",
        started_again = "Everything is as it was at the start.",
        rules_guided = "The rules of this team hold here.",
        rules_mlflow = "Only MLflow’s own rules hold here.",
        model = "Model",
        embed = "Embed…",
        embed_title = "Put this into a page of your own",
        embed_intro = "Copy the code, and paste it into your page. There, people work with this without leaving your page.",
        embed_view = "View",
        embed_options = "Options",
        embed_name(name) = "Model Stages: {name}",
        embed_form = "For a page in",
        embed_code = "Code to paste",
        embed_copy = "Copy the code",
        embed_preview = "Preview",
        embed_width = "Width in pixels",
        embed_usual = "as usual",
        embed_wrong(place) = "“{place}” cannot be used here. The code below is without it.",
        nothing = "There is nothing to show at this address",
        no_view(place, all) = "There is no view “{place}”. There are: {all}.",
        no_item(place) = "“{place}” does not say what to show. Copy the address of the page in Model Stages, and put “embed” before it.",
        no_such(place) = "Model Stages has no “{place}”. Look its id up in the address of its page.",
        no_recipe(place) = "No exercise can be made from “{place}”. Make one in Model Stages, and copy what stands behind the “?” of its address.",
        no_parameter(place, all) = "There is no parameter “{place}”. There are: {all}.",
        twice(place) = "“{place}” is there twice. Leave one out.",
        no_value(place, all) = "“{place}” cannot be read. It may be: {all}.",
        no_start(place) = "“{place}” cannot be read. Copy it whole from Model Stages, or leave it out.",
        not_here(place) = "“{place}” means nothing for this view. Leave it out.",
    }
);
