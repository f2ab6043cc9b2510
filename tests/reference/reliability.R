# Reference figures for tests/test_reliability.py, from R's stats, psych and nFactors.
# Run at the root of the checkout: Rscript tests/reference/reliability.R
# Writes tests/reference/reliability.csv (table, statistic, item, value) and, since R ships
# it and Python does not, tests/reference/attitude.csv (Chatterjee and Price; R datasets).

suppressPackageStartupMessages({
  library(psych)
  library(nFactors)
})

figures <- function(table, x) {
  row <- function(statistic, value, item = "") {
    data.frame(table = table, statistic = statistic, item = item, value = as.numeric(value))
  }
  a <- suppressWarnings(alpha(x, check.keys = FALSE))
  fit <- factanal(x, factors = 1, control = list(opt = list(factr = 10), nstart = 5))
  loadings <- as.numeric(fit$loadings) * sign(sum(fit$loadings))
  turned <- prcomp(x, scale. = TRUE)
  weights <- seq_len(ncol(x)) / sum(seq_len(ncol(x)))
  counts <- weights * apply(x, 2, sd)
  k <- ncol(x)
  n <- nrow(x)
  rbind(
    row("alpha", a$total$raw_alpha),
    row("feldt_low", alpha.ci(a$total$raw_alpha, n.obs = n, n.var = k)$lower.ci),
    row("feldt_high", alpha.ci(a$total$raw_alpha, n.obs = n, n.var = k)$upper.ci),
    row("item_rest", a$item.stats$r.drop, colnames(x)),
    row("alpha_without", a$alpha.drop$raw_alpha, colnames(x)),
    row("loading", loadings, colnames(x)),
    row("uniqueness", fit$uniquenesses, colnames(x)),
    row("statistic", fit$STATISTIC),
    row("degrees", fit$dof),
    row("p_value", fit$PVAL),
    row("omega", sum(loadings)^2 / (sum(loadings)^2 + sum(fit$uniquenesses))),
    row("omega_psych", suppressWarnings(suppressMessages(
      omega(x, nfactors = 1, fm = "ml", plot = FALSE)))$omega.tot),
    # weights 1, 2, 3, ... over their sum, of the items as they are
    row("omega_weighted", sum(counts * loadings)^2 /
      (sum(counts * loadings)^2 + sum(counts^2 * fit$uniquenesses))),
    row("error_weighted", sqrt(sum(counts^2 * fit$uniquenesses))),
    row("eigenvalue", turned$sdev^2, seq_len(k)),
    row("loading_first", turned$rotation[, 1] * turned$sdev[1] * sign(sum(turned$rotation[, 1])),
        colnames(x)),
    row("by_chance", parallel(subject = n, var = k, rep = 20000, quantile = 0.95)$eigen$qevpea,
        seq_len(k)),
    row("mean_by_chance", parallel(subject = n, var = k, rep = 20000)$eigen$mevpea, seq_len(k))
  )
}

set.seed(1)
scores <- read.csv("data/processed/scores.csv")
common <- c("baseline", "output", "outcome", "impact", "quick_wins")
years <- cor.test(scores$published_index, scores$previous_index)
retest <- data.frame(
  table = "scores", statistic = c("retest", "fisher_low", "fisher_high"), item = "",
  value = c(years$estimate, years$conf.int)
)

# Correlations that no single factor can have made: 0.8 * 0.8 / 0.5 is above 1.
heywood <- matrix(c(1, .8, .8, .8, 1, .5, .8, .5, 1), 3)
bounded <- factanal(covmat = heywood, n.obs = 50, factors = 1)
limit <- data.frame(
  table = "heywood", statistic = rep(c("loading", "uniqueness"), each = 3),
  item = rep(c("a", "b", "c"), 2), value = c(bounded$loadings, bounded$uniquenesses)
)

found <- rbind(figures("scores", scores[, common]), figures("attitude", attitude), retest, limit)
found$value <- signif(found$value, 12)
write.csv(found, "tests/reference/reliability.csv", row.names = FALSE, quote = FALSE)
write.csv(attitude, "tests/reference/attitude.csv", row.names = FALSE, quote = FALSE)
