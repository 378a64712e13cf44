package io.maie.edge.cli;

import io.maie.edge.retention.Cleanup;
import io.maie.edge.schema.SchemaDocument;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rest of the program, as the commands see it; made by {@code app}. Nothing is loaded before a
 * method is called, so that {@code status} stays quick.
 *
 * <p>A {@link CommandException} says that the settings or the installation are at fault.
 */
public interface Program {

  /** The version, such as {@code 1.2.0}. */
  String version();

  /** The status files of the daemon; found without reading settings if possible. */
  StatusSource status(InstallationChoice where) throws CommandException, IOException;

  /** The folders of the installation. */
  Folders folders(InstallationChoice where) throws CommandException, IOException;

  /**
   * Runs the daemon in this thread.
   *
   * @param link hears the address of the page with {@link RunMode#WITH_API}
   * @return its end; with {@link RunMode#ONCE}, {@link ExitCode#FAILED} if a recording failed
   */
  ExitCode run(InstallationChoice where, RunMode mode, Consumer<String> link)
      throws CommandException, IOException;

  /** Runs the daemon until the inbox is empty, and reports the outcome of each recording. */
  List<RecordingOutcome> drain(InstallationChoice where, RecordingListener listener)
      throws CommandException, IOException;

  /** Prepares to transcribe recordings where they lie. */
  DirectProcessing direct(
      InstallationChoice where, ProcessingOrder order, RecordingListener listener)
      throws CommandException, IOException;

  /** Makes the clean transcript and the summary of an earlier task again, in this process. */
  RepeatedOutcome textAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener)
      throws CommandException, IOException;

  /** Tells the speakers of an earlier task apart again, or names them, in this process. */
  RepeatedOutcome speakersAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener)
      throws CommandException, IOException;

  /** Leaves a request for the daemon, running or not. */
  void request(InstallationChoice where, Request request) throws CommandException, IOException;

  /** Retention as the daemon runs it. */
  Cleanup cleanup(InstallationChoice where) throws CommandException, IOException;

  /** The settings in force; problems are values here. */
  SettingsView settings(InstallationChoice where) throws IOException;

  /** The schema of settings files. */
  SchemaDocument settingsSchema();

  /** The installed models. */
  Models models(InstallationChoice where) throws CommandException, IOException;

  /** The templates of summaries; problems are values here. */
  Templates templates(InstallationChoice where) throws CommandException, IOException;

  /** The voices of known persons. */
  Voices voices(InstallationChoice where) throws CommandException, IOException;

  /** Checks of the doctor, in order. */
  List<Check> checks(InstallationChoice where, DoctorDepth depth)
      throws CommandException, IOException;
}
