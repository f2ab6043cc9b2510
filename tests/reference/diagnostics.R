# Diagnostics of one small regression, by R: base stats, lmtest, spdep.
# Run in this folder: Rscript diagnostics.R. It rewrites its data and its outputs.
library(lmtest)
library(spdep)
options(digits = 17)

set.seed(20241125)
n <- 40
data <- data.frame(
  share = round(rbeta(n, 1, 4), 4),
  size = round(rnorm(n, 12, 1), 4),
  kota = rep(0:1, c(26, 14)),
  province = rep(letters[1:10], times = c(1, 1, 2, 2, 3, 4, 5, 6, 7, 9)),
  longitude = round(runif(n, 95, 141), 4),
  latitude = round(runif(n, -11, 6), 4)
)
data$share[7] <- 0.86 # one row with great leverage
data$index <- round(
  1 + 1.5 * data$share + 0.1 * data$size + 0.2 * data$kota + 0.1 * sin(data$longitude / 5) +
    rnorm(n, 0, 0.2 + 0.3 * data$share), 4
)
write.csv(data, "diagnostics.data.csv", row.names = FALSE, quote = FALSE)

model <- lm(index ~ share + size + kota, data)
rows <- data.frame(
  leverage = hatvalues(model),
  cooks_distance = cooks.distance(model),
  dfbetas = dfbetas(model)[, "share"],
  estimate_without = coef(model)["share"] - dfbeta(model)[, "share"]
)
write.csv(format(rows, digits = 17, trim = TRUE), "diagnostics.rows.csv", row.names = FALSE, quote = FALSE)

reset <- resettest(model, power = 2:3, type = "fitted")
reset_hc3 <- resettest(model, power = 2:3, type = "fitted", vcov = sandwich::vcovHC)
bp <- bptest(model)
points <- cbind(data$longitude, data$latitude)
near <- nb2listw(knn2nb(knearneigh(points, k = 4, longlat = TRUE)), style = "W")
moran <- lm.morantest(model, near, alternative = "greater")
numbers <- c(
  standard_error = summary(model)$coefficients["share", "Std. Error"],
  reset = unname(reset$statistic), reset_p = reset$p.value,
  reset_hc3 = unname(reset_hc3$statistic), reset_hc3_p = reset_hc3$p.value,
  breusch_pagan = unname(bp$statistic), breusch_pagan_p = unname(bp$p.value),
  moran = unname(moran$estimate[1]), moran_expected = unname(moran$estimate[2]),
  moran_variance = unname(moran$estimate[3]), moran_p = moran$p.value[1],
  inflation_share = solve(cor(data[, c("share", "size", "kota")]))["share", "share"]
)
write.csv(
  data.frame(name = names(numbers), value = format(numbers, digits = 17, trim = TRUE)),
  "diagnostics.numbers.csv", row.names = FALSE, quote = FALSE
)
