package dev.weir.config.rule;

import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.compress.Compressors;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogValues;
import dev.weir.flow.expr.Users;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.flow.rule.Services;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.pattern.RegexCompiler;
import dev.weir.model.stick.StickTables;
import dev.weir.model.value.VariableNames;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the rules of all proxies of a configuration can name. Immutable.
 *
 * @param views the proxies as expressions see them
 * @param users the userlists
 * @param environment the variables that the process was started with
 * @param formats makes a compiler of log formats, which has a clock of its own
 * @param tables the stick tables
 * @param stickCounters how many entries an exchange can track
 * @param caches those of the cache sections
 * @param services what the process does for rules
 * @param resolvers the names of the resolvers sections
 * @param tokens what web tokens may be made of
 * @param rings the names of the ring sections
 * @param cookieLength the most that is captured of a cookie
 * @param workers how many threads serve traffic
 */
public record Names(Vocabulary vocabulary, ActionVocabulary actions, VariableNames variables,
        PatternReferences patterns, RegexCompiler regexes, ProxyViews views, Map<String, Users> users,
        Map<String, String> environment, Function<LogValues, LogFormats> formats, int workers, StickTables tables,
        int stickCounters, Compressors compressors,
        Map<String, HttpCache> caches, Services services, Set<String> resolvers, TokenWords tokens,
        Set<String> rings, int cookieLength) {}
