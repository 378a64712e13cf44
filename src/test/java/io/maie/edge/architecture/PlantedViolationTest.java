package io.maie.edge.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants a violation of each rule of {@link ArchitectureTest}, and expects the rule to find it. */
final class PlantedViolationTest {
  private static final Pattern NAME =
      Pattern.compile("package (\\S+);.*?(?:class|interface) (\\w+)", Pattern.DOTALL);

  /** Source files by rule; packages are given without {@code io.maie.edge}. */
  private static final Map<String, List<String>> VIOLATIONS =
      Map.ofEntries(
          Map.entry(
              "d1_layers",
              List.of("package time; final class Planted { io.maie.edge.cli.ExitCode code; }")),
          Map.entry(
              "onlyTheSchemaRoomReadsYaml",
              List.of(
                  "package config; final class Planted {"
                      + " com.fasterxml.jackson.dataformat.yaml.YAMLFactory yaml; }")),
          Map.entry(
              "d2_noCycles",
              List.of(
                  "package dsp; public final class One { io.maie.edge.onnx.Two two; }",
                  "package onnx; public final class Two { io.maie.edge.dsp.One one; }")),
          Map.entry(
              "d3_enginesDoNotKnowEachOther",
              List.of(
                  "package asr; public final class One {}",
                  "package vad; final class Two { io.maie.edge.asr.One one; }")),
          Map.entry(
              "d3_decodingDoesNotKnowWhatFollows",
              List.of(
                  "package vad; public final class One {}",
                  "package audio.decode; final class Two { io.maie.edge.vad.One one; }")),
          Map.entry(
              "d3_whatFollowsDoesNotKnowDecoding",
              List.of(
                  "package audio.decode; public final class One {}",
                  "package text; final class Two { io.maie.edge.audio.decode.One one; }")),
          Map.entry(
              "d3_modelFamiliesDoNotKnowEachOther",
              List.of(
                  "package asr.ctc; public final class One {}",
                  "package asr.whisper; final class Two { io.maie.edge.asr.ctc.One one; }")),
          Map.entry(
              "d4_onlyAssemblyNamesImplementations",
              List.of(
                  "package vad.silero; public final class One {}",
                  "package pipeline; final class Two { io.maie.edge.vad.silero.One one; }")),
          Map.entry(
              "d5_oneDoorPerImplementation",
              List.of("package asr.whisper; public final class Planted {}")),
          Map.entry(
              "d6_librariesHaveTheirHomes",
              List.of("package dsp; final class Planted { ai.onnxruntime.OnnxTensor tensor; }")),
          Map.entry(
              "d6_noOtherLibraryIsUsed",
              List.of("package app; final class Planted { org.junit.jupiter.api.Test test; }")),
          Map.entry(
              "d7_arithmeticIsPure",
              List.of("package dsp; final class Planted { java.nio.file.Path path; }")),
          Map.entry(
              "d8_clocksAreInjected",
              List.of("package task; final class Planted { long now = System.nanoTime(); }")),
          Map.entry(
              "d9_onlyMainExits",
              List.of("package daemon; final class Planted { void end() { System.exit(1); } }")),
          Map.entry(
              "d10_onlyTheCommandLinePrints",
              List.of(
                  "package task; final class Planted { void say() { System.out.println(1); } }")),
          Map.entry(
              "d11_noMutableStatics",
              List.of("package task; final class Planted { static int count; }")),
          Map.entry("d12_concreteClassesAreFinal", List.of("package task; class Planted {}")),
          Map.entry("d13_namesSayWhat", List.of("package task; final class TaskHelper {}")),
          Map.entry(
              "d14_failuresAreTyped",
              List.of(
                  "package task; final class Planted {"
                      + " void fail() { throw new RuntimeException(); } }")),
          Map.entry(
              "d15_oneLogger",
              List.of(
                  "package task; final class Planted {"
                      + " Object log = java.util.logging.Logger.getLogger(\"a\"); }")),
          Map.entry(
              "onlyTheHubAndTextServersAreConnectedTo",
              List.of("package task; final class Planted { java.net.Socket socket; }")),
          Map.entry(
              "onlyTheApiOpensAListeningSocket",
              List.of("package task; final class Planted { java.net.ServerSocket socket; }")),
          Map.entry(
              "onlyTheApiListens",
              List.of(
                  "package http; final class Planted {"
                      + " org.eclipse.jetty.io.ClientConnector connector; }")),
          Map.entry(
              "tokenizersComeFromFiles",
              List.of(
                  "package text.token; final class Planted {"
                      + " long open(ai.djl.huggingface.tokenizers.jni.TokenizersLibrary library)"
                      + " { return library.createTokenizer(\"a/b\", \"\"); } }")));

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleFindsItsPlantedViolation(String name) throws Exception {
    assertThat(VIOLATIONS).as("add a violation for the new rule").containsKey(name);
    Field field = ArchitectureTest.class.getDeclaredField(name);
    field.setAccessible(true);
    ArchRule rule = (ArchRule) field.get(null);

    JavaClasses planted = compiled(VIOLATIONS.getOrDefault(name, List.of()));

    assertThat(rule.evaluate(planted).hasViolation()).isTrue();
  }

  static List<String> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()))
        .map(Field::getName)
        .toList();
  }

  private JavaClasses compiled(List<String> sources) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      Matcher name = NAME.matcher(source);
      assertThat(name.find()).as(source).isTrue();
      Path file =
          folder.resolve(name.group(1) + "." + name.group(2)).resolve(name.group(2) + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.replaceFirst("package ", "package io.maie.edge."), UTF_8);
      files.add(file);
    }
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options =
          List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      Iterable<? extends javax.tools.JavaFileObject> units =
          manager.getJavaFileObjectsFromPaths(files);
      assertThat(compiler.getTask(null, manager, null, options, null, units).call()).isTrue();
    }
    return new ClassFileImporter().importPath(classes);
  }
}
