package io.maie.edge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Handlers of requests, without the network.
 *
 * @param routes every call that is answered
 */
record ApiCore(ApiHandler handler, Routes routes, EventStreams streams) {

  /** Handlers that share what they know. */
  static ApiCore of(HttpOptions options, ApiParts parts, ApiState state, QuietConnections quiet) {
    Admission admission = state.admission();
    Sessions sessions = state.sessions();
    FailureLimit limit = new FailureLimit(parts.ticker());
    CrossOrigin crossOrigin = new CrossOrigin(Set.copyOf(options.corsOrigins()));
    Guard.Places places = new Guard.Places(Set.copyOf(options.names()), crossOrigin);
    Guard guard = new Guard(state.keys(), sessions, limit, places);
    TaskView view = new TaskView(parts);
    EventStreams streams = new EventStreams(parts, view);
    Upload upload = new Upload(parts, admission, options);
    TaskWait waits = new TaskWait(parts);
    PageFiles page = new PageFiles();
    List<Route> calls = new ArrayList<>();
    calls.addAll(new SystemCalls(guard, parts.processing()).routes());
    calls.addAll(new ProcessCalls(upload, waits).routes());
    calls.addAll(new OpenAiCalls(parts, upload, waits).routes());
    calls.addAll(new CatalogueCalls(parts.catalogue()).routes());
    calls.addAll(new TaskCalls(parts, admission, view, streams).routes());
    calls.addAll(new AudioCalls(parts).routes());
    calls.addAll(new SessionCalls(guard, sessions, limit, page).routes());
    calls.addAll(new OpenApiCalls().routes());
    calls.addAll(new PlainPage(guard, sessions, upload, view).routes());
    calls.addAll(page.routes());
    Routes routes = new Routes(calls);
    ApiHandler handler = new ApiHandler(guard, crossOrigin, routes, quiet);
    return new ApiCore(handler, routes, streams);
  }
}
