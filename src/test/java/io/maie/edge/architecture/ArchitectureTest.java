package io.maie.edge.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds the package rules of docs/ARCHITECTURE.md; each field is one rule. */
@AnalyzeClasses(packages = "io.maie.edge", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String BASE = "io.maie.edge.";

  /** Packages that every package may use. */
  private static final List<String> EVERYWHERE =
      List.of("io.maie.edge..", "java..", "javax..", "org.jspecify..");

  /**
   * The packages of ours that may use each foreign library; a library that is not listed is used
   * nowhere.
   */
  private static final Map<String, List<String>> LIBRARY_HOMES =
      Map.ofEntries(
          Map.entry("ai.onnxruntime..", List.of("onnx..")),
          // of the rest of it, nothing is on the class path
          Map.entry("ai.djl.huggingface.tokenizers.jni..", List.of("text.token..")),
          Map.entry(
              "com.fasterxml.jackson..",
              List.of(
                  "app..",
                  "config..",
                  "request..",
                  "result..",
                  "schema..",
                  "task..",
                  "daemon..",
                  "cli..",
                  "http..",
                  "modelfile..",
                  "asr.moonshine..",
                  "asr.whisper..",
                  "audio.decode..",
                  "telemetry..",
                  "text.constrain..",
                  "text.correct..",
                  "text.ground..",
                  "text.model..",
                  "text.onnx..",
                  "text.server..",
                  "text.summary..",
                  "text.template..",
                  "text.token..")),
          Map.entry("ch.qos.logback..", List.of("app..")),
          Map.entry("com.google.re2j..", List.of("asr.hallucination..")),
          Map.entry("com.networknt..", List.of("text.constrain..", "text.template..")),
          Map.entry("picocli..", List.of("cli..", "app..")),
          Map.entry("com.sun.jna..", List.of("durable..", "spool..", "daemon..", "onnx..")),
          Map.entry("io.methvin..", List.of("daemon..")),
          Map.entry("org.eclipse.jetty..", List.of("http..")),
          Map.entry(
              "org.apache.commons..",
              List.of(
                  "app..",
                  "audio.decode..",
                  "daemon..",
                  "modelfile..",
                  "onnx..",
                  "retention..",
                  "telemetry..")),
          Map.entry(
              "org.slf4j..",
              List.of(
                  "app..",
                  "asr..",
                  "audio.decode..",
                  "cli..",
                  "daemon..",
                  "diarization..",
                  "durable..",
                  "http..",
                  "onnx..",
                  "retention..",
                  "spool..",
                  "task..",
                  "telemetry..",
                  "text.model..")));

  @ArchTest
  static final ArchRule d1_layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.maie.edge..")
          .layer("Foundation")
          .definedBy(
              in("time"),
              in("failure"),
              in("telemetry"),
              in("progress"),
              in("durable"),
              in("amount"),
              in("schema"))
          .layer("Values")
          .definedBy(
              BASE + "audio",
              in("audio.container"),
              in("transcript"),
              in("evaluation"),
              in("request"),
              in("result"))
          .layer("Machinery")
          .definedBy(in("dsp"), in("onnx"), in("modelfile"))
          .layer("Engines")
          .definedBy(in("audio.decode"), in("vad"), in("asr"), in("diarization"), in("text"))
          .layer("Pipeline")
          .definedBy(in("pipeline"))
          .layer("Files")
          .definedBy(in("spool"), in("retention"))
          .layer("Tasks")
          .definedBy(in("task"))
          .layer("Daemon")
          .definedBy(in("daemon"))
          .layer("Edges")
          .definedBy(in("cli"), in("http"))
          .layer("Settings")
          .definedBy(in("config"))
          .layer("Assembly")
          .definedBy(in("app"))
          .whereLayer("Foundation")
          .mayNotAccessAnyLayer()
          .whereLayer("Values")
          .mayOnlyAccessLayers("Foundation")
          .whereLayer("Machinery")
          .mayOnlyAccessLayers("Foundation", "Values")
          .whereLayer("Engines")
          .mayOnlyAccessLayers("Foundation", "Values", "Machinery")
          .whereLayer("Pipeline")
          .mayOnlyAccessLayers("Foundation", "Values", "Engines")
          .whereLayer("Files")
          .mayOnlyAccessLayers("Foundation")
          .whereLayer("Tasks")
          .mayOnlyAccessLayers("Foundation", "Values", "Pipeline", "Files")
          .whereLayer("Daemon")
          .mayOnlyAccessLayers("Foundation", "Values", "Files", "Tasks")
          .whereLayer("Edges")
          .mayOnlyAccessLayers("Foundation", "Values", "Files", "Tasks")
          .whereLayer("Settings")
          .mayOnlyBeAccessedByLayers("Assembly")
          .whereLayer("Assembly")
          .mayNotBeAccessedByAnyLayer()
          // values, which people read as they are
          .ignoreDependency(
              resideInAnyPackage(in("cli"), in("http")),
              nameMatching(
                  "io[.]maie[.]edge[.](modelfile[.](ListedModel|hub[.]PublishedModel)"
                      + "|text[.]template[.](Checked)?Template)"))
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule d2_noCycles =
      slices().matching("io.maie.edge.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule d3_enginesDoNotKnowEachOther =
      slices().matching("io.maie.edge.(vad|asr|diarization)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule d3_decodingDoesNotKnowWhatFollows =
      noClasses()
          .that()
          .resideInAPackage(in("audio.decode"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in("vad"), in("asr"), in("diarization"));

  @ArchTest
  static final ArchRule d3_whatFollowsDoesNotKnowDecoding =
      noClasses()
          .that()
          .resideInAnyPackage(in("vad"), in("asr"), in("diarization"), in("text"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(in("audio.decode"));

  @ArchTest
  static final ArchRule d3_modelFamiliesDoNotKnowEachOther =
      slices()
          .matching("io.maie.edge.asr.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAnyPackage(in("asr.moonshine"), in("asr.whisper")),
              resideInAPackage(in("asr.seq2seq")))
          .ignoreDependency(
              resideInAnyPackage(in("asr.chunkformer"), in("asr.ctc"), in("asr.transducer")),
              resideInAPackage(in("asr.frames")))
          .ignoreDependency(
              resideInAPackage(in("asr.chunkformer")), resideInAPackage(in("asr.transducer")));

  @ArchTest
  static final ArchRule d4_onlyAssemblyNamesImplementations =
      classes()
          .that()
          .resideInAnyPackage(
              "..vad.silero..",
              "..asr.chunkformer..",
              "..asr.ctc..",
              "..asr.moonshine..",
              "..asr.whisper..",
              "..diarization.pieces..")
          .and()
          .haveSimpleNameNotEndingWith("Options")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(
              "io.maie.edge.app..",
              "..vad.silero..",
              "..asr.chunkformer..",
              "..asr.ctc..",
              "..asr.moonshine..",
              "..asr.whisper..",
              "..diarization.pieces..");

  @ArchTest
  static final ArchRule d5_oneDoorPerImplementation =
      classes()
          .that()
          .resideInAnyPackage(
              "..vad.silero..",
              "..asr.chunkformer..",
              "..asr.ctc..",
              "..asr.moonshine..",
              "..asr.whisper..",
              "..diarization.pieces..")
          .and()
          .doNotHaveSimpleName("package-info")
          .and()
          .haveSimpleNameNotEndingWith("Recognizer")
          .and()
          .haveSimpleNameNotEndingWith("Detector")
          .and()
          .haveSimpleNameNotEndingWith("Diarizer")
          .and()
          .haveSimpleNameNotEndingWith("Options")
          .should()
          .notBePublic()
          .allowEmptyShould(true);

  @ArchTest static final ArchRule d6_librariesHaveTheirHomes = librariesHaveTheirHomes();

  @ArchTest
  static final ArchRule d6_noOtherLibraryIsUsed =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(EVERYWHERE.stream(), LIBRARY_HOMES.keySet().stream())
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule d7_arithmeticIsPure =
      classes()
          .that()
          .resideInAPackage("io.maie.edge.dsp..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.maie.edge.dsp..", "java.lang..", "java.util..", "org.jspecify..");

  @ArchTest
  static final ArchRule d8_clocksAreInjected =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maie.edge.time..")
          .should()
          .accessTargetWhere(
              target(nameMatching("nanoTime|currentTimeMillis"))
                  .and(target(owner(equivalentTo(System.class)))))
          .orShould()
          .accessTargetWhere(
              target(nameMatching("now")).and(target(owner(equivalentTo(Instant.class)))))
          .orShould()
          .accessTargetWhere(
              target(nameMatching("system.*")).and(target(owner(equivalentTo(Clock.class)))))
          .orShould()
          .accessTargetWhere(
              target(nameMatching("sleep")).and(target(owner(equivalentTo(Thread.class)))));

  @ArchTest
  static final ArchRule d9_onlyMainExits =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maie.edge.app..")
          .should()
          .accessTargetWhere(
              target(nameMatching("exit|halt"))
                  .and(
                      target(owner(equivalentTo(System.class)))
                          .or(target(owner(equivalentTo(Runtime.class))))));

  @ArchTest
  static final ArchRule d10_onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maie.edge.cli..", "io.maie.edge.app..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule d11_noMutableStatics =
      fields().that().areStatic().should().beFinal().allowEmptyShould(true);

  @ArchTest
  static final ArchRule d12_concreteClassesAreFinal =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .doNotHaveModifier(ABSTRACT)
          .and()
          .areNotAnonymousClasses()
          .and()
          .areNotEnums()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .haveModifier(FINAL);

  @ArchTest
  static final ArchRule d13_namesSayWhat =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Processor|Data|Info)");

  @ArchTest static final ArchRule d14_failuresAreTyped = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule d15_oneLogger =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  private static final String LISTENERS =
      "java[.]net[.](ServerSocket|InetSocketAddress)|java[.]nio[.]channels[.]ServerSocketChannel";

  /** The promise to stay offline: sd_notify goes through JNA, and to the service manager alone. */
  @ArchTest
  static final ArchRule onlyTheHubAndTextServersAreConnectedTo =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maie.edge.modelfile.hub..", "io.maie.edge.text.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "javax.net..", "com.sun.net..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "(?!("
                  + LISTENERS
                  + ")$)(java[.]net[.].*(Socket|SocketImpl|SocketAddress|InetAddress|Connection|URL)"
                  + "|java[.]nio[.]channels[.].*(Socket|Datagram)Channel)");

  /** Sockets that listen cannot connect to anything. */
  @ArchTest
  static final ArchRule onlyTheApiOpensAListeningSocket =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maie.edge.http..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(LISTENERS);

  /** The native library of tokenizers can fetch one from a hub; nothing asks it to. */
  @ArchTest
  static final ArchRule tokenizersComeFromFiles =
      noClasses()
          .should()
          .accessTargetWhere(
              target(nameMatching("create.*"))
                  .and(target(nameMatching("createTokenizerFromString")).negate())
                  .and(
                      target(
                          owner(
                              nameMatching(
                                  "ai[.]djl[.]huggingface[.]tokenizers[.]jni[.]TokenizersLibrary")))));

  /** The one listener. Its library is used nowhere else, and of that only the server. */
  @ArchTest
  static final ArchRule onlyTheApiListens =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty.client..", "org.eclipse.jetty.proxy..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("org[.]eclipse[.]jetty[.]io[.]ClientConnector.*");

  /** What people write is read strictly, and in one way. */
  @ArchTest
  static final ArchRule onlyTheSchemaRoomReadsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maie.edge.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.dataformat.yaml..", "org.yaml..");

  private static String in(String room) {
    return BASE + room + "..";
  }

  private static ArchRule librariesHaveTheirHomes() {
    return CompositeArchRule.of(
        LIBRARY_HOMES.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                home ->
                    (ArchRule)
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                home.getValue().stream()
                                    .map(room -> BASE + room)
                                    .toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(home.getKey()))
            .toList());
  }
}
