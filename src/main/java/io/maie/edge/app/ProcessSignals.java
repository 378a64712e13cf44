package io.maie.edge.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs something when the process gets a signal.
 *
 * <p>A program that uses ONNX Runtime must end its work before the process begins to shut down: the
 * library closes its environment in a shutdown hook of its own, beside all others, and aborts the
 * process if a model is being opened then.
 *
 * <p>Implementation note: Java has signals only in {@code sun.misc}, whose use the compiler warns
 * of in a way that cannot be answered, so it is called by reflection.
 */
final class ProcessSignals {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSignals.class);

  private ProcessSignals() {}

  /**
   * Runs {@code action} in a thread of its own whenever the signal comes, unless the process was
   * started to ignore it.
   *
   * @param name such as {@code TERM}
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.invoke(action, arguments);
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      LOG.info("SIG{} keeps its usual meaning: {}", name, String.valueOf(cause));
    }
  }
}
