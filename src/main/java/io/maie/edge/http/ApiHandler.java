package io.maie.edge.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request past {@link Guard} to its {@link Route}. */
final class ApiHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

  private final Guard guard;
  private final CrossOrigin crossOrigin;
  private final Routes routes;
  private final QuietConnections quiet;

  ApiHandler(Guard guard, CrossOrigin crossOrigin, Routes routes, QuietConnections quiet) {
    this.guard = guard;
    this.crossOrigin = crossOrigin;
    this.routes = routes;
    this.quiet = quiet;
  }

  @Override
  public boolean handle(Request request, Response response, Callback ended) {
    quiet.busy(request);
    Callback callback = new UnreadBody(request, ended);
    try (RequestLine line = RequestLine.open(request, response)) {
      LOG.debug("Request {} {}", request.getMethod(), line.id());
      guard.checkPlace(request);
      if (crossOrigin.describe(request, response)) {
        response.setStatus(204);
        callback.succeeded();
        return true;
      }
      String path = request.getHttpURI().getDecodedPath();
      if (request.getMethod().equals("OPTIONS")) {
        response.getHeaders().put(HttpHeader.ALLOW, routes.allowed(path));
        response.setStatus(204);
        callback.succeeded();
        return true;
      }
      Routes.Found found = routes.find(request.getMethod(), path);
      if (found.route().access() == Route.Access.KEY) {
        guard.checkCaller(request);
      }
      found.route().call().answer(new Exchange(request, response, callback, found.names()));
    } catch (ProblemException e) {
      boolean isOpenAis = request.getHttpURI().getPath().startsWith(OpenAiCalls.PREFIX);
      Answers.prepare(response, e);
      (isOpenAis ? OpenAiErrors.of(e) : Answers.of(e)).send(response, callback);
    } catch (EofException e) {
      LOG.debug("A client left before its answer: {}", e.toString());
      callback.failed(e);
    } catch (IOException e) {
      LOG.warn("A request failed: {}", e.toString());
      callback.failed(e);
    }
    return true;
  }
}
