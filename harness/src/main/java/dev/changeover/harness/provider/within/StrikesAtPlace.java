package dev.changeover.harness.provider.within;

/// Lets a stream pass up to a place, and strikes there once.
abstract class StrikesAtPlace implements Onward {

    final StruckCall call;
    final Onward onward;
    private final Place place;
    private boolean reached;

    StrikesAtPlace(StruckCall call, Onward onward, int chunks) {
        this.call = call;
        this.onward = onward;
        this.place = new Place(chunks);
    }

    @Override
    public final void event(StreamEvent event) {
        if (!reached && place.passes(event)) {
            onward.event(event);
        } else if (reached) {
            eventBehind(event);
        } else {
            reached = true;
            strike(event);
        }
    }

    @Override
    public final void end() {
        if (!reached) {
            reached = true;
            strikeAtEnd();
        } else {
            endBehind();
        }
    }

    @Override
    public final void cut() {
        if (reached) {
            cutBehind();
        } else {
            onward.cut();
        }
    }

    /// Says itself whether it did anything.
    ///
    /// @param event the first that no longer passes
    abstract void strike(StreamEvent event);

    /// The provider ended its stream without saying that it is over.
    abstract void strikeAtEnd();

    abstract void eventBehind(StreamEvent event);

    abstract void endBehind();

    abstract void cutBehind();
}
