package io.maie.edge.text.constrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that are refused, since an answer might not be valid. */
final class UnservedSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<byte[]> BYTES = Vocabularies.bytes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'string','not':{'const':''}}|'/' uses 'not'",
        "{'type':'array','uniqueItems':true}|uses 'uniqueItems'",
        "{'type':'integer','multipleOf':3}|uses 'multipleOf'",
        "{'properties':{'a':{'if':true}}}|'/properties/a' uses 'if'",
        "{'type':'object'}|names no properties",
        "{'type':'object','properties':{'a':true},'minProperties':1}|counts properties",
        "{'type':'date'}|unknown type 'date'",
        "{'type':'string','format':'color'}|the format 'color'",
        "{'type':'string','pattern':'(?=a)b'}|cannot be followed from '?=a)b' on",
        "{'type':'string','pattern':'(a'}|ends too early",
        "{'type':'string','pattern':'^(a)\\\\1$'}|cannot be followed from '1$' on",
        "{'type':'string','pattern':'^(ab){900}{2}$'}|cannot be followed from '{2}$' on",
        "{'type':'string','pattern':'^[a-z]{2}$','maxLength':1}|has no text that is valid",
        "{'type':'string','minLength':3,'maxLength':2}|has no text that is valid",
        "{'type':'integer','minimum':3,'maximum':2}|no number within its bounds",
        "{'type':'integer','exclusiveMinimum':true}|that is no number",
        "{'type':'array','minItems':2,'maxItems':1}|as many items as it must",
        "{'type':'array','minItems':-1}|'minItems' that is no count",
        "{'type':'array','items':[true]}|which is 'prefixItems'",
        "{'type':'object','required':['a'],'additionalProperties':false}|'/' requires 'a'",
        "{'enum':[1,2],'type':'string'}|no value that is valid",
        "{'$ref':'#/$defs/a'}|refers to '#/$defs/a'",
        "{'$ref':'https://example.org/a'}|refers to 'https://example.org/a'",
        "{'$ref':'#'}|nests more references than are followed",
        "{'$ref':'#/$defs/a','type':'string','$defs':{'a':true}}|'$ref' beside other words",
        "{'oneOf':[{'type':'number'},{'type':'integer'}]}|branches 0 and 1",
        "{'oneOf':[{'type':'string'},{'enum':['a',1]}]}|branches 0 and 1",
        "{'anyOf':[{'minLength':1},{'minLength':2}],'minLength':3}|depend on each other",
        "{'anyOf':[],'type':'string'}|combines anyOf",
        "7|is no schema"
      })
  void aSchemaThatCannotBeFollowedIsRefusedWithTheReason(String schema, String reason) {
    assertThatThrownBy(() -> compile(schema.replace('\'', '"')))
        .isInstanceOf(UnservedSchemaException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'oneOf':[{'type':'string'},{'type':'null'}]}",
        "{'oneOf':[{'const':'a'},{'enum':['b','c']}]}",
        "{'type':'string','anyOf':[{'maxLength':1},{'const':'long'}]}",
        "{'allOf':[{'type':'string','minLength':1},{'maxLength':2}]}",
        "{'allOf':[{'$ref':'#/$defs/a~1b'}],'$defs':{'a/b':{'type':'null'}}}",
        "{'type':'object','properties':{'a':{'type':'string'}},'x-order':1,'title':'A'}",
        "{'type':'object','required':['a'],'additionalProperties':{'type':'null'}}",
        "{'properties':{'a':{'$ref':'#'}}}",
        "{'type':['integer','null'],'minimum':1}",
        "{'enum':['a',1],'type':'string'}",
        "true"
      })
  void aSchemaOfCommonWordsCanBeFollowed(String schema) throws Exception {
    assertThat(compile(schema.replace('\'', '"')).leastTokens()).isPositive();
  }

  @Test
  void aVocabularyMustHaveTheCharactersOfJson() {
    List<byte[]> letters = BYTES.subList('a', 'z');
    assertThatThrownBy(
            () ->
                SchemaConstraint.compile(
                    JSON.createObjectNode().put("type", "null"), TokenVocabulary.of(letters)))
        .isInstanceOf(UnservedSchemaException.class)
        .hasMessageContaining("the vocabulary has no token for ' '");
  }

  private static SchemaConstraint compile(String schema) throws Exception {
    return SchemaConstraint.compile(JSON.readTree(schema), TokenVocabulary.of(BYTES));
  }
}
